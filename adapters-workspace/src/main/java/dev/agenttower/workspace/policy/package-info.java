/** The policy files of a project. */
@NullMarked
package dev.agenttower.workspace.policy;

import org.jspecify.annotations.NullMarked;
