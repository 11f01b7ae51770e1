package dev.agenttower.contract.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the launchers make of the surroundings that they are started in. */
final class LauncherTest {
    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.withoutEngine();

    @Test
    void a_locale_that_is_not_installed_keeps_what_is_not_ascii() {
        CommandResult shown = tower.with("LC_ALL", "xx_XX.UTF-8").shell("""
                set -e
                export HOME="$HOME/größe"
                mkdir -p "$HOME/läden"
                agenttower config init >/dev/null
                agenttower ensure-daemon >/dev/null
                agenttower project init "$HOME/läden" --name shop >/dev/null
                agenttower scr propose _cortex/MASTER_PLAN.md --role Developer --append 'für alle' --description Müller
                agenttower scr list --json
                agenttower stop-daemon >/dev/null
                """).orThrow();
        assertThat(shown.out()).contains("M\\u00FCller").doesNotContain("\\uFFFD");
    }

    @Test
    void what_a_program_starts_gets_the_locale_of_the_caller() throws IOException {
        Path seen = tower.home().resolve("seen");
        Path daemon = Files.writeString(
                tower.home().resolve("daemon"), "#!/bin/sh\necho \"${LC_ALL-unset}\" >>" + seen + "\nexit 1\n");
        Files.setPosixFilePermissions(daemon, PosixFilePermissions.fromString("rwx------"));
        tower.init().with("AGENTTOWERD", daemon.toString()).shell("""
                LC_ALL=xx_XX.UTF-8 agenttower ensure-daemon
                LC_ALL=xx_XX agenttower ensure-daemon
                unset LC_ALL
                LANG=xx_XX.UTF-8 agenttower ensure-daemon
                """);
        assertThat(seen).content().isEqualTo("xx_XX.UTF-8\nxx_XX\nunset\n");
    }

    @Test
    void a_working_folder_that_was_removed_is_named() {
        CommandResult shown = tower.shell("mkdir x; cd x; rmdir ../x; agenttower list-agents");
        assertThat(shown.exitCode()).isEqualTo(1);
        assertThat(shown.err()).endsWith("error: the working folder was removed: change to another one\n");
    }

    @Test
    void a_closed_stdin_is_an_empty_one() {
        CommandResult open = tower.shell("exec 5<&0; agenttower scr propose x --role R --append=- </dev/null");
        CommandResult closed = tower.shell("exec 5<&0; agenttower scr propose x --role R --append=- <&-");
        assertThat(closed.err()).isNotEmpty().isEqualTo(open.err());
    }
}
