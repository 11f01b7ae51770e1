/** Starts the built programs as processes, each in a home folder of its own, and talks to them as a client would. */
@NullMarked
package dev.agenttower.contract.process;

import org.jspecify.annotations.NullMarked;
