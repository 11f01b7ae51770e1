package dev.agenttower.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostIdentityTest {
    @Test
    void the_id_is_the_sha_256_of_host_and_the_machine_id() {
        assertThat(HostIdentity.id("0123456789abcdef0123456789abcdef").value())
                .isEqualTo("4241805967694c70afcae74b5442700ae6b8f415d9bcf36c049995fc2e2c26bd");
    }

    @Test
    void the_line_feed_of_the_file_does_not_count() {
        assertThat(HostIdentity.id("abc\n")).isEqualTo(HostIdentity.id("abc"));
    }
}
