package dev.agenttower.panel.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SessionsTest {
    private static final String BROWSER = "Browser/1";

    private Instant now = Instant.parse("2026-02-20T21:00:00Z");
    private final InstantSource clock = () -> now;
    private final OneTimeLink link = new OneTimeLink(clock);
    private final BrowserSessions sessions = new BrowserSessions(clock);

    @Test
    void a_link_opens_once() {
        String secret = link.renew();

        assertThat(link.redeem(secret + "x")).isFalse();
        assertThat(link.redeem(null)).isFalse();
        assertThat(link.redeem(secret)).isTrue();
        assertThat(link.redeem(secret)).isFalse();
    }

    @Test
    void a_link_ends_after_five_minutes_and_with_the_next_one() {
        String first = link.renew();
        String second = link.renew();
        assertThat(first).hasSize(43).isNotEqualTo(second);
        assertThat(link.redeem(first)).isFalse();

        now = now.plus(Duration.ofMinutes(5));

        assertThat(link.redeem(second)).isFalse();
    }

    @Test
    void a_session_belongs_to_one_cookie_and_one_browser() {
        BrowserSession session = sessions.open(BROWSER);

        assertThat(sessions.find(session.cookie(), BROWSER, true)).isPresent();
        assertThat(sessions.find(session.cookie(), "Browser/2", true)).isEmpty();
        assertThat(sessions.find(session.csrf(), BROWSER, true)).isEmpty();
        assertThat(sessions.find(null, BROWSER, true)).isEmpty();
        assertThat(session.isForm(session.csrf())).isTrue();
        assertThat(session.isForm(session.cookie())).isFalse();
        assertThat(session.isForm(null)).isFalse();
    }

    @Test
    void a_session_ends_an_hour_after_its_last_use() {
        BrowserSession session = sessions.open(BROWSER);
        now = now.plus(Duration.ofMinutes(50));
        assertThat(sessions.find(session.cookie(), BROWSER, true)).isPresent();

        now = now.plus(Duration.ofMinutes(50));
        assertThat(sessions.find(session.cookie(), BROWSER, false)).isPresent();

        now = now.plus(Duration.ofMinutes(10));
        assertThat(sessions.find(session.cookie(), BROWSER, false)).isEmpty();
    }

    @Test
    void a_ninth_session_ends_the_one_unused_for_longest() {
        BrowserSession used = sessions.open(BROWSER);
        BrowserSession unused = sessions.open(BROWSER);
        IntStream.range(0, 6).forEach(i -> sessions.open(BROWSER));
        sessions.find(used.cookie(), BROWSER, true);

        sessions.open(BROWSER);

        assertThat(sessions.find(unused.cookie(), BROWSER, true)).isEmpty();
        assertThat(sessions.find(used.cookie(), BROWSER, true)).isPresent();
    }

    @Test
    void an_ended_session_is_gone() {
        BrowserSession session = sessions.open(BROWSER);

        sessions.end(session);

        assertThat(sessions.find(session.cookie(), BROWSER, true)).isEmpty();
    }
}
