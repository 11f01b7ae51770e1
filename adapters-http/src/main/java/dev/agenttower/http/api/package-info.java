/** The routes of governance, one class for each family, and what their answers look like. */
@NullMarked
package dev.agenttower.http.api;

import org.jspecify.annotations.NullMarked;
