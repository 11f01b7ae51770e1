/** Requests from one role to another. */
@NullMarked
package dev.agenttower.workspace.request;

import org.jspecify.annotations.NullMarked;
