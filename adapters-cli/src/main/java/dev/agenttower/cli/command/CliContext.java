package dev.agenttower.cli.command;

import static java.util.Objects.requireNonNull;

import dev.agenttower.cli.surroundings.ContainerSigns;
import dev.agenttower.cli.surroundings.SocketAddress;
import dev.agenttower.cli.terminal.Style;
import dev.agenttower.cli.terminal.Terminals;
import dev.agenttower.core.event.EventRule;
import dev.agenttower.core.settings.SettingsSource;
import dev.agenttower.core.settings.TowerPaths;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The environment of one run of the program, besides its arguments. Immutable. */
public final class CliContext {
    private final Map<String, String> environment;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean isProcessOutput;
    private final Terminals terminals;
    private final Path root;
    private final Path programFolder;
    private final SettingsSource settings;
    private final Supplier<List<EventRule>> eventRules;
    private final Interruption interruption;
    private final Consumer<Runnable> resizes;
    private final RegistryPreparer registry;
    private final PanelLauncher panel;
    private final String version;

    private CliContext(Builder builder) {
        environment = Map.copyOf(builder.environment);
        in = builder.in;
        out = builder.out;
        err = builder.err;
        isProcessOutput = builder.isProcessOutput;
        terminals = builder.terminals;
        root = builder.root;
        programFolder = requireNonNull(builder.programFolder, "programFolder");
        settings = requireNonNull(builder.settings, "settings");
        eventRules = builder.eventRules;
        interruption = builder.interruption;
        resizes = builder.resizes;
        registry = requireNonNull(builder.registry, "registry");
        panel = builder.panel;
        version = requireNonNull(builder.version, "version");
    }

    /** A builder whose defaults are those of this process. */
    public static Builder newBuilder() {
        return new Builder();
    }

    public Map<String, String> environment() {
        return environment;
    }

    public @Nullable String variable(String name) {
        return environment.get(name);
    }

    public InputStream in() {
        return in;
    }

    public PrintStream out() {
        return out;
    }

    public PrintStream err() {
        return err;
    }

    public Terminals terminals() {
        return terminals;
    }

    public Path root() {
        return root;
    }

    public Path programFolder() {
        return programFolder;
    }

    public SettingsSource settings() {
        return settings;
    }

    /** The user's own rules of the classifier. */
    public Supplier<List<EventRule>> eventRules() {
        return eventRules;
    }

    public Interruption interruption() {
        return interruption;
    }

    /** Takes what is to be run whenever the size of the terminal changes. */
    public Consumer<Runnable> resizes() {
        return resizes;
    }

    public RegistryPreparer registry() {
        return registry;
    }

    public PanelLauncher panel() {
        return panel;
    }

    public String version() {
        return version;
    }

    /** Whether colours may be written to a stream; {@code NO_COLOR} forbids them. */
    public boolean allowsColour(boolean streamIsTerminal) {
        @Nullable String forbidden = environment.get("NO_COLOR");
        boolean isForbidden = forbidden != null && !forbidden.isEmpty();
        return streamIsTerminal && !isForbidden && !"dumb".equals(environment.get("TERM"));
    }

    /** The style of text on stdout. */
    public Style style() {
        return new Style(allowsColour(terminals.output()));
    }

    /** Whether a failed write to stdout only means that its reader has ended, as {@code head} does, and no output is lost. */
    public boolean isOutputAbandoned() {
        return isProcessOutput && Terminals.isPipe(1);
    }

    public TowerPaths paths() {
        try {
            return TowerPaths.of(environment);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.PRECONDITION, "error: " + e.getMessage() + "; set it to your home folder", e);
        }
    }

    public ContainerSigns signs() {
        return ContainerSigns.read(root);
    }

    public SocketAddress socket() {
        return SocketAddress.resolve(environment, signs(), paths());
    }

    /** Collects the parts of a context. */
    public static final class Builder {
        private Map<String, String> environment = System.getenv();
        private InputStream in = System.in;
        private PrintStream out = stream(FileDescriptor.out);
        private PrintStream err = stream(FileDescriptor.err);
        private boolean isProcessOutput = true;
        private Terminals terminals = Terminals.ofProcess();
        private Path root = Path.of("/");
        private @Nullable Path programFolder;
        private @Nullable SettingsSource settings;
        private Supplier<List<EventRule>> eventRules = List::of;
        private Interruption interruption = new Interruption();
        private Consumer<Runnable> resizes = action -> {};
        private @Nullable RegistryPreparer registry;
        private PanelLauncher panel = (socket, port, warnings) -> {
            throw new IOException("this program has no panel");
        };
        private @Nullable String version;

        private Builder() {}

        // The streams of System use the locale's charset, which is ASCII without a locale.
        private static PrintStream stream(FileDescriptor descriptor) {
            return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
        }

        /** The environment; default: that of this process. */
        public Builder environment(Map<String, String> value) {
            environment = value;
            return this;
        }

        /** The standard streams; default: those of this process, in UTF-8. */
        public Builder streams(InputStream input, PrintStream output, PrintStream error) {
            in = requireNonNull(input, "input");
            out = requireNonNull(output, "output");
            err = requireNonNull(error, "error");
            isProcessOutput = false;
            return this;
        }

        /** Which streams are terminals; default: detected. */
        public Builder terminals(Terminals value) {
            terminals = requireNonNull(value, "terminals");
            return this;
        }

        /** The root directory for the detection of containers; default: {@code /}. */
        public Builder root(Path value) {
            root = requireNonNull(value, "root");
            return this;
        }

        /** The folder that holds the program {@code agenttowerd}. Required. */
        public Builder programFolder(Path value) {
            programFolder = requireNonNull(value, "programFolder");
            return this;
        }

        /** The settings in {@code config.toml}. Required. */
        public Builder settings(SettingsSource value) {
            settings = requireNonNull(value, "settings");
            return this;
        }

        /** The user's own rules of the classifier; default: none. */
        public Builder eventRules(Supplier<List<EventRule>> value) {
            eventRules = requireNonNull(value, "eventRules");
            return this;
        }

        /** What ends a command that runs until it is interrupted; default: nothing does. */
        public Builder interruption(Interruption value) {
            interruption = requireNonNull(value, "interruption");
            return this;
        }

        /** Tells of changes of the terminal's size; default: nothing does. */
        public Builder resizes(Consumer<Runnable> value) {
            resizes = requireNonNull(value, "resizes");
            return this;
        }

        /** Creates and migrates the registry. Required. */
        public Builder registry(RegistryPreparer value) {
            registry = requireNonNull(value, "registry");
            return this;
        }

        /** Starts the web panel; default: fails. */
        public Builder panel(PanelLauncher value) {
            panel = requireNonNull(value, "panel");
            return this;
        }

        /** The version of this build, such as {@code 0.1.0}. Required. */
        public Builder version(String value) {
            version = requireNonNull(value, "version");
            return this;
        }

        /**
         * The context.
         *
         * @throws NullPointerException if a required part is not set
         */
        public CliContext build() {
            return new CliContext(this);
        }
    }
}
