/**
 * What the parts of governance share: how a rule refuses, how times are written, and how long texts may be.
 */
@NullMarked
package dev.agenttower.core.governance;

import org.jspecify.annotations.NullMarked;
