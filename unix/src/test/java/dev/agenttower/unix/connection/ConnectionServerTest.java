package dev.agenttower.unix.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.unix.BindGuard;
import dev.agenttower.unix.PeerCredentials;
import dev.agenttower.unix.connection.ConnectionLimits.Deadlines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ConnectionServerTest {
    private static final long LATER_THAN_ANY_DEADLINE = Duration.ofHours(1).toNanos();
    private static final ConnectionLimits LIMITS = new ConnectionLimits(
            /* connections= */ 64,
            /* backlog= */ 64,
            /* heldBytes= */ 1 << 20,
            /* workers= */ 2,
            /* queue= */ 48,
            /* patientWorkers= */ 1,
            /* patientQueue= */ 1,
            /* waiting= */ 32,
            /* drainBytes= */ 1 << 20,
            new Deadlines(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(2)));

    private final AtomicLong time = new AtomicLong();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger read = new AtomicInteger();
    private final AtomicBoolean hasCome = new AtomicBoolean();
    private final List<Throwable> fatal = new CopyOnWriteArrayList<>();
    private final List<SocketChannel> clients = new ArrayList<>();

    @TempDir
    Path directory;

    private ConnectionServer server;

    @BeforeEach
    void start() throws IOException {
        long uid = ((Number) Files.getAttribute(directory, "unix:uid")).longValue();
        server = new ConnectionServer(
                "words", directory.resolve("s"), uid, BindGuard.none(), Words::new, LIMITS, time::get, fatal::add);
        server.bind();
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        release.countDown();
        server.close();
        for (SocketChannel client : clients) {
            client.close();
        }
        assertThat(fatal).isEmpty();
    }

    private SocketChannel client(String words) throws IOException {
        SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("s")));
        clients.add(client);
        client.write(ByteBuffer.wrap(words.getBytes(UTF_8)));
        return client;
    }

    private static String rest(SocketChannel client) throws IOException {
        return new String(Channels.newInputStream(client).readAllBytes(), UTF_8);
    }

    private static String next(SocketChannel client, int length) throws IOException {
        return new String(Channels.newInputStream(client).readNBytes(length), UTF_8);
    }

    @Test
    void a_deadline_that_passes_while_a_request_is_awaited_ends_the_connection() throws IOException {
        SocketChannel silent = client("");
        SocketChannel idle = client("keep ");
        assertThat(next(idle, 5)).isEqualTo("keep ");
        await().until(() -> accepted.get() == 2);

        time.addAndGet(LATER_THAN_ANY_DEADLINE);

        assertThat(rest(silent)).isEmpty();
        assertThat(rest(idle)).isEmpty();
    }

    @Test
    void no_deadline_passes_while_an_answer_is_worked_out() throws IOException {
        SocketChannel working = client("hold ");
        await().until(() -> held.get() == 1);
        SocketChannel silent = client("");
        await().until(() -> accepted.get() == 2);

        time.addAndGet(LATER_THAN_ANY_DEADLINE);
        assertThat(rest(silent)).isEmpty();
        release.countDown();

        assertThat(rest(working)).isEqualTo("hold ");
    }

    @Test
    void a_request_that_no_worker_takes_up_in_time_is_refused() throws IOException {
        SocketChannel first = client("hold ");
        SocketChannel second = client("hold ");
        await().until(() -> held.get() == 2);
        SocketChannel third = client("quick ");
        await().until(() -> read.get() == 3);
        // Served by the thread that has read the third one, so that this one is in the queue by now.
        assertThat(rest(client("instant "))).isEqualTo("instant ");

        time.addAndGet(LATER_THAN_ANY_DEADLINE);

        assertThat(rest(third)).isEqualTo("NO_WORKER");
        release.countDown();
        assertThat(rest(first) + rest(second)).isEqualTo("hold hold ");
    }

    @Test
    void instant_requests_are_served_while_all_workers_are_busy() throws IOException {
        for (int i = 0; i < 12; i++) {
            client("hold ");
        }
        await().until(() -> held.get() == 2);

        assertThat(rest(client("instant "))).isEqualTo("instant ");
    }

    @Test
    void waiting_takes_no_worker() throws IOException {
        List<SocketChannel> waiting = new ArrayList<>();
        for (int i = 0; i < 33; i++) {
            waiting.add(client("wait "));
        }
        await().until(() -> waiting.stream().anyMatch(ConnectionServerTest::isAnswered));
        assertThat(rest(client("quick "))).isEqualTo("quick ");

        hasCome.set(true);

        List<String> answers = new ArrayList<>();
        for (SocketChannel one : waiting) {
            answers.add(rest(one));
        }
        assertThat(answers.stream().filter("true"::equals)).hasSize(32);
        assertThat(answers.stream().filter("false"::equals))
                .as("one more than may wait")
                .hasSize(1);
    }

    @Test
    void waking_answers_each_waiting_client_once_and_frees_its_place() throws IOException {
        for (int round = 1; round <= 3; round++) {
            hasCome.set(false);
            int before = held.get();
            List<SocketChannel> waiting = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                waiting.add(client("wait "));
            }
            await().until(() -> held.get() == before + 32);
            hasCome.set(true);
            for (int i = 0; i < 100; i++) {
                server.wake();
            }
            for (SocketChannel one : waiting) {
                assertThat(rest(one)).isEqualTo("true");
            }
        }
    }

    /** Whether something, or the end, can be read. */
    private static boolean isAnswered(SocketChannel client) {
        try (Selector selector = Selector.open()) {
            client.configureBlocking(false);
            client.register(selector, SelectionKey.OP_READ);
            return selector.selectNow() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            try {
                client.configureBlocking(true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void its_threads_end_with_it() throws IOException {
        assertThat(rest(client("quick "))).isEqualTo("quick ");
        assertThat(hasThreads()).isTrue();
        server.close();
        await().until(() -> !hasThreads());
    }

    private static boolean hasThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("words-"));
    }

    @Test
    void a_wait_ends_with_its_patience_and_with_the_server() throws IOException {
        SocketChannel patient = client("wait ");
        await().until(() -> held.get() == 1);
        time.addAndGet(Duration.ofSeconds(31).toNanos());
        assertThat(rest(patient)).isEqualTo("false");
        SocketChannel waiting = client("wait ");
        await().until(() -> held.get() == 2);

        server.close();

        assertThat(rest(waiting)).isEqualTo("false");
    }

    @Test
    void a_wait_ends_when_its_event_cannot_be_polled() throws IOException {
        assertThat(rest(client("exhaust "))).isEqualTo("false");
    }

    @Test
    void a_client_that_leaves_while_it_waits_makes_room() throws IOException {
        for (int i = 0; i < 33; i++) {
            client("wait ");
        }
        await().until(() -> clients.stream().anyMatch(ConnectionServerTest::isAnswered));
        SocketChannel leaving =
                clients.stream().filter(one -> !isAnswered(one)).findFirst().orElseThrow();
        leaving.close();
        clients.remove(leaving);

        // One that finds no room is answered with "false" at once, and with "true" otherwise.
        await().until(() -> {
            hasCome.set(false);
            SocketChannel another = client("wait ");
            int before = held.get();
            assertThat(rest(client("quick "))).isEqualTo("quick ");
            await().until(() -> held.get() >= before);
            hasCome.set(true);
            return rest(another).equals("true");
        });
    }

    /** Answers each word that a blank ends with the same word; what the word is decides how. */
    private final class Words implements Session {
        Words(PeerCredentials peer) {
            assertThat(peer.pid()).isEqualTo(ProcessHandle.current().pid());
            accepted.incrementAndGet();
        }

        @Override
        public boolean isAdmitted() {
            return true;
        }

        @Override
        public @Nullable Lane lane(Inbox received) {
            if (received.length() == 0 || received.at(received.length() - 1) != ' ') {
                return null;
            }
            read.incrementAndGet();
            return received.at(0) == 'i' ? Lane.INSTANT : Lane.QUICK;
        }

        @Override
        public Next serve(Connection connection) {
            byte[] word = connection.inbox().take(connection.inbox().length());
            switch (new String(word, UTF_8).strip()) {
                case "wait" -> {
                    held.incrementAndGet();
                    return new Next.Wait(Duration.ofSeconds(30), hasCome::get, again -> {
                        again.send(String.valueOf(hasCome.get()).getBytes(UTF_8));
                        return Next.CLOSE;
                    });
                }
                case "exhaust" -> {
                    return new Next.Wait(
                            Duration.ofSeconds(30),
                            () -> {
                                throw new OutOfMemoryError("on purpose");
                            },
                            again -> {
                                again.send("false".getBytes(UTF_8));
                                return Next.CLOSE;
                            });
                }
                case "hold" -> hold();
                default -> {
                    // It is answered at once.
                }
            }
            connection.send(word);
            return word[0] == 'k' ? Next.KEEP_OPEN : Next.CLOSE;
        }

        private void hold() {
            held.incrementAndGet();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Next refuse(Rejection reason, Connection connection) {
            connection.send(reason.name().getBytes(UTF_8));
            return Next.CLOSE;
        }
    }
}
