/** The application of authorized changes to their files, so that a restart can tell what became of each. */
@NullMarked
package dev.agenttower.core.governance.change.application;

import org.jspecify.annotations.NullMarked;
