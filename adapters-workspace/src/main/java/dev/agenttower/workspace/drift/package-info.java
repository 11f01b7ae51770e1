/** Detection of changes to the sovereign files of a project. */
@NullMarked
package dev.agenttower.workspace.drift;

import org.jspecify.annotations.NullMarked;
