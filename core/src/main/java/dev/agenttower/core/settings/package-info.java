/**
 * What a person can set: the rule that finds benches, discovery and event settings, and where files lie.
 */
@NullMarked
package dev.agenttower.core.settings;

import org.jspecify.annotations.NullMarked;
