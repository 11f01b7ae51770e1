/** The commands {@code agenttower config ...}: first setup, checks and file locations. */
@NullMarked
package dev.agenttower.cli.config;

import org.jspecify.annotations.NullMarked;
