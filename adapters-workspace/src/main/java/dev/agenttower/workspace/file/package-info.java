/** The files of a project: read, locked and changed by directory handles, within bounds. */
@NullMarked
package dev.agenttower.workspace.file;

import org.jspecify.annotations.NullMarked;
