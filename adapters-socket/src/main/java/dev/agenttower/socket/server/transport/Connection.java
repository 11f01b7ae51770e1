package dev.agenttower.socket.server.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/**
 * One open connection: its channel, what was read of it and what is still to be written. Owned by one thread at a time: the one that reads
 * the sockets, or the worker that a request of it was handed to.
 */
final class Connection {
    /** Where a connection stands; decides what it waits for and for how long. */
    enum Phase {
        /** A line is awaited, or the rest of one. */
        READING,
        /** Kept alive after an answer; nothing of the next line has come. */
        IDLE,
        /** A worker has it. */
        WORKING,
        /** The client takes its answer slowly. */
        WRITING,
        /** What follows an oversized line is thrown away. */
        DRAINING
    }

    private static final byte[] NOTHING = {};
    private static final byte LF = '\n';

    private final AFUNIXSocketChannel channel;
    private final Conversation conversation;
    private final int lineLimit;

    private Phase phase = Phase.READING;
    private long deadline;
    private @Nullable SelectionKey key;
    private byte[] input = NOTHING;
    private int inputStart;
    private int inputEnd;
    private int searched;
    private int drained;
    private boolean lineEnded;
    private boolean ended;
    private boolean served;
    private boolean closed;
    private @Nullable Reply reply;
    private @Nullable ByteBuffer output;

    Connection(AFUNIXSocketChannel channel, Conversation conversation, int lineLimit) {
        this.channel = channel;
        this.conversation = conversation;
        this.lineLimit = lineLimit;
    }

    Conversation conversation() {
        return conversation;
    }

    Phase phase() {
        return phase;
    }

    long deadline() {
        return deadline;
    }

    void enter(Phase next, long until) {
        phase = next;
        deadline = until;
    }

    /** Whether a line was answered and nothing of the next one is there. */
    boolean rests() {
        return served && inputStart == inputEnd;
    }

    /**
     * Reads what is there, without waiting.
     *
     * @param scratch room for one read
     * @return whether anything came, the end of the stream included
     */
    boolean read(ByteBuffer scratch) throws IOException {
        scratch.clear();
        scratch.limit(Math.min(scratch.capacity(), lineLimit + 1 - (inputEnd - inputStart)));
        int count = channel.read(scratch);
        if (count < 0) {
            ended = true;
            return true;
        }
        scratch.flip();
        append(scratch);
        return count > 0;
    }

    private void append(ByteBuffer bytes) {
        int more = bytes.remaining();
        if (inputEnd + more > input.length) {
            int kept = inputEnd - inputStart;
            byte[] room = kept + more <= input.length / 2 ? input : new byte[roomFor(kept, more)];
            System.arraycopy(input, inputStart, room, 0, kept);
            input = room;
            inputStart = 0;
            inputEnd = kept;
        }
        bytes.get(input, inputEnd, more);
        inputEnd += more;
    }

    /** Exactly what is needed for a line that comes at once, which most do. */
    private int roomFor(int kept, int more) {
        return kept == 0 ? more : Math.min(2 * (kept + more), lineLimit + 1);
    }

    /** Takes the next frame from what was read; null if more must be read first. */
    @Nullable Frame nextFrame() {
        int buffered = inputEnd - inputStart;
        while (searched < buffered && searched < lineLimit) {
            if (input[inputStart + searched++] == LF) {
                return take(searched, Frame.Ending.LINE);
            }
        }
        if (buffered > lineLimit) {
            lineEnded = input[inputStart + lineLimit] == LF;
            return take(buffered, Frame.Ending.TOO_LONG);
        }
        return ended ? take(buffered, Frame.Ending.CUT) : null;
    }

    private Frame take(int length, Frame.Ending ending) {
        boolean whole = inputStart == 0 && length == input.length;
        byte[] bytes = whole ? input : Arrays.copyOfRange(input, inputStart, inputStart + length);
        searched = 0;
        inputStart += length;
        if (inputStart == inputEnd) {
            input = NOTHING;
            inputStart = 0;
            inputEnd = 0;
        }
        return new Frame(bytes, ending);
    }

    /** Throws away what is there; false once the end of the line, of the stream or of the patience is reached. */
    boolean drain(ByteBuffer scratch, int most) throws IOException {
        while (!lineEnded && drained < most) {
            scratch.clear();
            int count = channel.read(scratch);
            if (count == 0) {
                return true;
            }
            if (count < 0) {
                return false;
            }
            drained += count;
            scratch.flip();
            while (scratch.hasRemaining()) {
                if (scratch.get() == LF) {
                    return false;
                }
            }
        }
        return false;
    }

    /** Sets the answer that {@link #flush()} sends. */
    void answer(Reply next) {
        reply = next;
        output = ByteBuffer.wrap(next.line());
    }

    /** Writes what the client takes, without waiting; true once all of it is written. */
    boolean flush() throws IOException {
        ByteBuffer rest = output;
        while (rest != null && rest.hasRemaining()) {
            if (channel.write(rest) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Ends the answer, sent or not, and tells what is next. */
    Reply.Then finish() {
        Reply sent = reply;
        reply = null;
        output = null;
        served = true;
        if (sent == null) {
            return Reply.Then.CLOSE;
        }
        sent.afterwards().run();
        return sent.then();
    }

    /** Lets the selector report this connection for {@code operations}. */
    void watch(Selector selector, int operations) throws IOException {
        if (key != null && key.isValid()) {
            key.interestOps(operations);
            return;
        }
        unwatch();
        key = channel.register(selector, operations, this);
    }

    /** Takes the connection out of the selector, so that another thread may own it. */
    void unwatch() {
        if (key != null) {
            key.cancel();
            key = null;
        }
    }

    /** Whether the answer that was set is the last one. */
    boolean closesNext() {
        return reply != null && reply.then() == Reply.Then.CLOSE;
    }

    boolean isClosed() {
        return closed;
    }

    /** Closes the channel; what must follow an unsent answer follows now. False if it was closed before. */
    boolean close() {
        if (closed) {
            return false;
        }
        closed = true;
        if (reply != null) {
            finish();
        }
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // The peer and its buffers are gone either way.
        }
        return true;
    }
}
