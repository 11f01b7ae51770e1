/** The routes of governance, one class for each family, and the views in their answers. */
@NullMarked
package dev.agenttower.http.api;

import org.jspecify.annotations.NullMarked;
