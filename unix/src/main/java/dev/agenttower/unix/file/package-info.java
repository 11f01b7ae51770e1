/**
 * Files that other processes may exchange at any moment: reached by handles of directories, without following links, opened without waiting, and
 * only if they are regular files. Entry types: {@link dev.agenttower.unix.file.DurableFiles} to write,
 * {@link dev.agenttower.unix.file.RegularFiles} to read, {@link dev.agenttower.unix.file.Directory} for everything else.
 */
@NullMarked
package dev.agenttower.unix.file;

import org.jspecify.annotations.NullMarked;
