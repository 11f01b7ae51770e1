/** Tests of files that other processes exchange. */
@NullMarked
package dev.agenttower.unix.file;

import org.jspecify.annotations.NullMarked;
