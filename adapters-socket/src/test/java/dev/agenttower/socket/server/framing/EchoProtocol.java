package dev.agenttower.socket.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.agenttower.core.caller.Peer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A protocol for tests. Lines begin with words that say what happens: {@code keep} keeps the connection, {@code quick} and {@code slow}
 * name a lane, {@code hold} waits for {@link #release}, {@code break} breaks a rule of protocols, {@code big} answers with 8 MiB; the answer repeats the line.
 */
final class EchoProtocol implements Protocol {
    static final int BIG = 8 << 20;

    final CountDownLatch release = new CountDownLatch(1);
    final Queue<String> held = new ConcurrentLinkedQueue<>();
    final Queue<String> afterwards = new ConcurrentLinkedQueue<>();
    final Queue<Peer> peers = new ConcurrentLinkedQueue<>();
    volatile boolean refuses;

    @Override
    public Conversation begin(Peer peer) {
        peers.add(peer);
        return new Conversation() {
            @Override
            public @Nullable Reply refusal() {
                return refuses ? Reply.of(bytes("refused"), Reply.Then.CLOSE) : null;
            }

            @Override
            public Step take(Frame frame) {
                return step(frame);
            }

            @Override
            public Reply unreadable() {
                return Reply.of(bytes("unreadable"), Reply.Then.CLOSE);
            }
        };
    }

    @Override
    public Reply crowded() {
        return Reply.of(bytes("crowded"), Reply.Then.CLOSE);
    }

    private Step step(Frame frame) {
        String line = new String(frame.bytes(), UTF_8).strip();
        if (line.contains("break")) {
            throw new IllegalStateException("told to break");
        }
        Pace pace = line.contains("quick") ? Pace.QUICK : line.contains("slow") ? Pace.WAITING : Pace.INSTANT;
        Reply.Then then = frame.ending() == Frame.Ending.TOO_LONG
                ? Reply.Then.DRAIN
                : line.contains("keep") ? Reply.Then.KEEP_OPEN : Reply.Then.CLOSE;
        return new Step(
                pace,
                () -> {
                    if (line.contains("exhaust")) {
                        throw new OutOfMemoryError("told to exhaust");
                    }
                    if (line.contains("hold")) {
                        hold(line);
                    }
                    String text = line.contains("big") ? "x".repeat(BIG) : answer(frame, line);
                    return new Reply(bytes(text), then, () -> afterwards.add(line));
                },
                () -> Reply.of(bytes("full"), then));
    }

    private void hold(String line) {
        held.add(line);
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String answer(Frame frame, String line) {
        return switch (frame.ending()) {
            case LINE -> line;
            case CUT -> "cut " + line;
            case TOO_LONG -> "too long " + frame.bytes().length;
        };
    }

    private static byte[] bytes(String line) {
        return (line + "\n").getBytes(UTF_8);
    }
}
