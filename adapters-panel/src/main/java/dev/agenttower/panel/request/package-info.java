/** Requests between roles. */
@NullMarked
package dev.agenttower.panel.request;

import org.jspecify.annotations.NullMarked;
