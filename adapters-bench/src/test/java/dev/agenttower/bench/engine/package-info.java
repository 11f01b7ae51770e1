/** Tests of the engine adapter against an engine that follows a script. */
@NullMarked
package dev.agenttower.bench.engine;

import org.jspecify.annotations.NullMarked;
