/**
 * Docker and tmux as the sources of bench containers, which are the containers, and the host itself, whose tmux panes run agents. Assembles
 * the adapters of the Docker engine and tmux, and distinguishes host processes from container processes. Entry type: {@link
 * dev.agenttower.bench.DockerAndTmux}.
 */
@NullMarked
package dev.agenttower.bench;

import org.jspecify.annotations.NullMarked;
