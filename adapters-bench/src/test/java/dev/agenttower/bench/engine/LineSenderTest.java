package dev.agenttower.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LineSenderTest {
    private final LineSender sender = new LineSender(Thread.currentThread().getName());

    @Test
    void hands_over_a_line_in_pieces_as_small_as_asked() throws IOException {
        sender.send("look");

        assertThat(new String(sender.readNBytes(2), StandardCharsets.UTF_8)).isEqualTo("lo");
        assertThat(new String(sender.readNBytes(3), StandardCharsets.UTF_8)).isEqualTo("ok\n");
    }

    @Test
    void keeps_only_the_last_line_for_a_reader_that_does_not_read() throws IOException {
        sender.send("first");
        sender.send("last");

        assertThat(new String(sender.readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("last\n");
    }

    @Test
    void a_reader_sleeps_until_there_is_a_line_or_the_end() throws Exception {
        CompletableFuture<Integer> read = CompletableFuture.supplyAsync(sender::read);
        sender.send("x");
        assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo('x');

        CompletableFuture<byte[]> rest = CompletableFuture.supplyAsync(() -> {
            try {
                return sender.readAllBytes();
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
        sender.close();
        assertThat(new String(rest.get(10, TimeUnit.SECONDS), StandardCharsets.UTF_8))
                .isIn("", "\n");
    }

    @Test
    void drops_what_is_sent_after_its_end() throws IOException {
        sender.close();
        sender.send("late");

        assertThat(sender.readAllBytes()).isEmpty();
    }
}
