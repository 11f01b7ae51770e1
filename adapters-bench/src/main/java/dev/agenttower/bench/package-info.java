/**
 * DockerAndTmux for real: the composition of the Docker engine and tmux adapters, the host's own bench, and the gate that tells host processes
 * from container processes. Entry type: {@link dev.agenttower.bench.DockerAndTmux}.
 */
@NullMarked
package dev.agenttower.bench;

import org.jspecify.annotations.NullMarked;
