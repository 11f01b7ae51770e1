/** The settings: the rule that selects bench containers, discovery and event settings, and the paths of files. */
@NullMarked
package dev.agenttower.core.settings;

import org.jspecify.annotations.NullMarked;
