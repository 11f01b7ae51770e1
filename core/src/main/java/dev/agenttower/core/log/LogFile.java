package dev.agenttower.core.log;

/**
 * What the file system says of a log.
 *
 * @param inode {@code device:inode}, both decimal
 * @param size in bytes
 */
public record LogFile(String inode, long size) {}
