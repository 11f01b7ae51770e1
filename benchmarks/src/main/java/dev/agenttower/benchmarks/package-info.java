/**
 * Benchmarks of the running daemon, on JMH. Their results are in {@code docs/performance.md}.
 */
@NullMarked
package dev.agenttower.benchmarks;

import org.jspecify.annotations.NullMarked;
