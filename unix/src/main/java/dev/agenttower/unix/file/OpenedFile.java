package dev.agenttower.unix.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A regular file opened for reading, the same one whatever happens to its name. For one thread, which must not be interrupted. */
public final class OpenedFile implements AutoCloseable {
    private final Descriptor descriptor;
    private final FileChannel channel;

    private OpenedFile(Descriptor descriptor, FileChannel channel) {
        this.descriptor = descriptor;
        this.channel = channel;
    }

    /**
     * Opens a file; links on the way are followed, but the file itself must not be one.
     *
     * @throws java.nio.file.NoSuchFileException if it does not exist
     */
    public static OpenedFile open(Path file) throws IOException {
        Descriptor descriptor =
                Descriptor.following(file, LibC.O_RDONLY | LibC.O_NOFOLLOW).regular(file);
        try {
            return new OpenedFile(descriptor, FileChannel.open(descriptor.path(), StandardOpenOption.READ));
        } catch (IOException e) {
            descriptor.close();
            throw e;
        }
    }

    /** Its numbers. */
    public FileNumbers numbers() throws IOException {
        return FileNumbers.following(descriptor.path());
    }

    /** Fills the buffer from a position, as far as the file reaches. */
    public void read(ByteBuffer target, long position) throws IOException {
        long at = position;
        int count = 0;
        while (target.hasRemaining() && count >= 0) {
            count = channel.read(target, at);
            at += Math.max(0, count);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        descriptor.close();
    }
}
