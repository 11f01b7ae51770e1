/**
 * What clients of the socket and of the command line meet, asked of a daemon in a process of its own: envelopes, codes, results, rows and
 * lines, method by method.
 */
@NullMarked
package dev.agenttower.contract.wire;

import org.jspecify.annotations.NullMarked;
