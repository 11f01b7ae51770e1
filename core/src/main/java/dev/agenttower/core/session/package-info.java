/**
 * Sessions of control panels.
 */
@NullMarked
package dev.agenttower.core.session;

import org.jspecify.annotations.NullMarked;
