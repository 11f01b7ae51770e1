/** Settings as they are written in config.toml. */
@NullMarked
package dev.agenttower.daemon.settings;

import org.jspecify.annotations.NullMarked;
