/**
 * Benches (containers and the host itself) and their tmux panes: values, ports, and the discovery that keeps the tables true.
 */
@NullMarked
package dev.agenttower.core.bench;

import org.jspecify.annotations.NullMarked;
