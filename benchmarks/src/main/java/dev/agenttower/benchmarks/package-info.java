/**
 * Benchmarks of the running daemon, on JMH. What they show stands in {@code docs/performance.md}.
 */
@NullMarked
package dev.agenttower.benchmarks;

import org.jspecify.annotations.NullMarked;
