/**
 * Files that other processes may replace at any moment: accessed through directory handles, without following links, opened without
 * blocking, and only if they are regular files. Entry types: {@link dev.agenttower.unix.file.DurableFiles} for writing, {@link
 * dev.agenttower.unix.file.RegularFiles} for reading, {@link dev.agenttower.unix.file.Directory} for everything else.
 */
@NullMarked
package dev.agenttower.unix.file;

import org.jspecify.annotations.NullMarked;
