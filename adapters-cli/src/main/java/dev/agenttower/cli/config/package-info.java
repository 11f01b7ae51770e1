/** The commands {@code agenttower config ...}: first setup, and where files lie. */
@NullMarked
package dev.agenttower.cli.config;

import org.jspecify.annotations.NullMarked;
