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
     * Opens a file.
     *
     * @param file an absolute path
     * @throws LinkedPathException if a part of the path is a link
     * @throws java.nio.file.NoSuchFileException if it does not exist
     */
    public static OpenedFile open(Path file) throws IOException {
        return open(file, LibC.O_RDONLY);
    }

    /** Opens a file as {@link #open} does, in order to discard its beginning. */
    public static OpenedFile openToDiscard(Path file) throws IOException {
        return open(file, LibC.O_RDWR);
    }

    private static OpenedFile open(Path file, int flags) throws IOException {
        Descriptor descriptor = Descriptor.plain(file, flags).regular(file);
        try {
            return new OpenedFile(descriptor, FileChannel.open(descriptor.path(), StandardOpenOption.READ));
        } catch (IOException e) {
            descriptor.close();
            throw e;
        }
    }

    /** The first byte that takes space on disk, or a byte of the block before it; the size of the file if there is none. */
    public long firstData() throws IOException {
        return descriptor.firstData();
    }

    /**
     * Gives back the space of the bytes before {@code to}, which are zero from now on. All bytes keep their positions.
     *
     * @throws IOException if the file system cannot do this, or the file is not open for it
     */
    public void discardBefore(long to) throws IOException {
        descriptor.discard(to);
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
