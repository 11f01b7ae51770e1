/**
 * The files of a governed project, seen from its root: where a path really leads, and reading and replacing text.
 */
@NullMarked
package dev.agenttower.core.governance.project;

import org.jspecify.annotations.NullMarked;
