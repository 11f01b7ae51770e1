/** The files of a governed project: resolving paths, and reading and replacing text. */
@NullMarked
package dev.agenttower.core.governance.project;

import org.jspecify.annotations.NullMarked;
