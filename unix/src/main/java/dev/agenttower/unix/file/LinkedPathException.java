package dev.agenttower.unix.file;

import java.nio.file.FileSystemException;

/** A path that must not contain symbolic links contains one. */
public final class LinkedPathException extends FileSystemException {
    private static final long serialVersionUID = 1;

    LinkedPathException(String path) {
        super(path, null, "leads through a symbolic link");
    }
}
