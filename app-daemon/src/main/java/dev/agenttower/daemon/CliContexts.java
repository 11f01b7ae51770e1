package dev.agenttower.daemon;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.Interruption;
import dev.agenttower.cli.command.RegistryPreparer.Outcome;
import dev.agenttower.core.settings.ContainerRule;
import dev.agenttower.core.settings.DiscoverySettings;
import dev.agenttower.core.settings.EventSettings;
import dev.agenttower.core.settings.SettingsSource;
import dev.agenttower.core.settings.TowerPaths;
import dev.agenttower.daemon.lifecycle.Signals;
import dev.agenttower.daemon.lifecycle.StopSignals;
import dev.agenttower.daemon.settings.TomlSettings;
import dev.agenttower.sqlite.Registry;
import dev.agenttower.sqlite.RegistryException;
import dev.agenttower.sqlite.database.UnsafePathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Connects the command line with settings, database and launcher. The parts that a command does not use are not loaded. */
public final class CliContexts {
    private static final Set<String> FOLLOWERS = Set.of("events", "logs");
    private static final Set<String> FOLLOW = Set.of("--follow", "-f");

    private CliContexts() {}

    /** The context of a program started by a launcher, with all required parts. */
    public static CliContext.Builder of(Map<String, String> own) {
        Map<String, String> environment = ofCaller(own, System.getProperty("agenttower.locale"));
        return CliContext.newBuilder()
                .environment(environment)
                .programFolder(Path.of(System.getProperty("agenttower.bin", ".")))
                .settings(new SettingsWhenAsked(
                        () -> new TomlSettings(TowerPaths.of(environment).configFile())))
                .eventRules(() -> new TomlSettings(TowerPaths.of(environment).configFile()).eventRules())
                .resizes(action -> Signals.handle("WINCH", action))
                .registry(CliContexts::prepare)
                // A reference to the method would load the class, and with it those of the web server.
                .panel((socket, port, warnings) -> WebPanel.launch(socket, port, warnings))
                .version(Version.current());
    }

    /** What a signal ends well: only following, even before anything else is loaded. */
    public static Interruption interruption(String[] args) {
        Interruption interruption = new Interruption();
        if (Stream.of(args).anyMatch(FOLLOW::contains) && FOLLOWERS.contains(args[0])) {
            StopSignals.install(trigger -> interruption.end());
        }
        return interruption;
    }

    /** The environment with the caller's LC_ALL, which the launcher may have changed for this JVM alone. */
    private static Map<String, String> ofCaller(Map<String, String> own, @Nullable String locale) {
        if (locale == null) {
            return own;
        }
        Map<String, String> environment = new HashMap<>(own);
        if (locale.isEmpty()) {
            environment.remove("LC_ALL");
        } else {
            environment.put("LC_ALL", locale);
        }
        return environment;
    }

    private static Outcome prepare(Path database) {
        NativeLibraries.useThoseOfDistribution();
        try {
            return Registry.prepare(database) == Registry.Outcome.CREATED
                    ? new Outcome.Created()
                    : new Outcome.Existed();
        } catch (RegistryException e) {
            return new Outcome.Failed(e.getMessage());
        } catch (UnsafePathException e) {
            return new Outcome.Unsafe(e.path(), e.reason());
        }
    }

    // A command that reads no settings must not fail because HOME is missing.
    private record SettingsWhenAsked(Supplier<SettingsSource> settings) implements SettingsSource {
        @Override
        public ContainerRule containerRule() {
            return settings.get().containerRule();
        }

        @Override
        public EventSettings events() {
            return settings.get().events();
        }

        @Override
        public void checkRules() {
            settings.get().checkRules();
        }

        @Override
        public DiscoverySettings discovery() {
            return settings.get().discovery();
        }
    }
}
