package dev.agenttower.socket.server.framing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.agenttower.unix.PeerCredentials;
import dev.agenttower.unix.connection.Lane;
import dev.agenttower.unix.connection.Next;
import dev.agenttower.unix.connection.Protocol;
import dev.agenttower.unix.connection.Session;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * A protocol for tests. Lines begin with words that say what happens: {@code keep} keeps the connection, {@code quick} and {@code slow}
 * name a lane, {@code hold} waits for {@link #release}, {@code break} breaks a rule of protocols, {@code big} answers with 8 MiB; the answer repeats the line.
 */
final class EchoProtocol implements Protocol {
    static final int BIG = 8 << 20;

    final CountDownLatch release = new CountDownLatch(1);
    final Queue<String> held = new ConcurrentLinkedQueue<>();
    final Queue<String> afterwards = new ConcurrentLinkedQueue<>();
    final Queue<PeerCredentials> peers = new ConcurrentLinkedQueue<>();
    volatile boolean refuses;

    @Override
    public Session begin(PeerCredentials peer) {
        peers.add(peer);
        return new LineSession() {
            @Override
            public boolean isAdmitted() {
                return !refuses;
            }

            @Override
            protected Step take(Frame frame) {
                return step(frame);
            }

            @Override
            protected Reply refusal(Rejection reason) {
                return Reply.of(bytes(reason == Rejection.NOT_ADMITTED ? "refused" : "crowded"), Next.CLOSE);
            }
        };
    }

    private Step step(Frame frame) {
        String line = new String(frame.bytes(), UTF_8).strip();
        if (line.contains("break")) {
            throw new IllegalStateException("told to break");
        }
        Lane lane = line.contains("quick") ? Lane.QUICK : line.contains("slow") ? Lane.PATIENT : Lane.INSTANT;
        Next then = frame.ending() == Frame.Ending.TOO_LONG
                ? Next.DRAIN
                : line.contains("keep") ? Next.KEEP_OPEN : Next.CLOSE;
        return new Step(
                lane,
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
