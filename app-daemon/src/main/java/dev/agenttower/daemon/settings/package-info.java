/** The settings in config.toml. */
@NullMarked
package dev.agenttower.daemon.settings;

import org.jspecify.annotations.NullMarked;
