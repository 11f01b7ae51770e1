package dev.agenttower.contract.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

@AnalyzeClasses(packages = "dev.agenttower", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String CORE = "dev.agenttower.core..";
    private static final String UNIX = "dev.agenttower.unix..";
    private static final String CLIENT = "dev.agenttower.client..";
    private static final String SOCKET = "dev.agenttower.socket..";
    private static final String HTTP = "dev.agenttower.http..";
    private static final String SQLITE = "dev.agenttower.sqlite..";
    private static final String JSONL = "dev.agenttower.jsonl..";
    private static final String BENCH = "dev.agenttower.bench..";
    private static final String WORKSPACE = "dev.agenttower.workspace..";
    private static final String CLI = "dev.agenttower.cli..";
    private static final String PANEL = "dev.agenttower.panel..";
    private static final String DAEMON = "dev.agenttower.daemon..";

    private static final String EACH_ADAPTER_FOR_ITSELF =
            "an adapter that knows another cannot be replaced or embedded without it; only the composition root joins them";

    @ArchTest
    static final ArchRule every_class_lies_inside_the_architecture = classes()
            .should()
            .resideInAnyPackage(CORE, UNIX, CLIENT, SOCKET, HTTP, SQLITE, WORKSPACE, JSONL, BENCH, CLI, PANEL, DAEMON)
            .because("a class outside escapes every rule below");

    @ArchTest
    static final ArchRule core_knows_nothing_but_the_jdk = classes()
            .that()
            .resideInAPackage(CORE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(CORE, "java..", "javax.crypto..", "org.jspecify.annotations..")
            .because("core is embedded in other programs, which must not inherit our choice of frameworks");

    @ArchTest
    static final ArchRule core_reads_no_files_and_opens_no_connections = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.net..", "java.nio.channels..", "java.sql..", "java.util.logging..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.nio.file.Files")
            .because("what core learns of the world it learns through a port, and what it has to say it returns");

    @ArchTest
    static final ArchRule nobody_opens_internet_sockets = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(InetAddress.class, InetSocketAddress.class, ServerSocket.class, DatagramSocket.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..")
            .orShould()
            .callConstructor(Socket.class)
            .because("the tower is reached, and reaches others, by Unix sockets alone");

    @ArchTest
    static final ArchRule core_asks_no_clock_and_never_sleeps = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(TimeUnit.class, "sleep", long.class)
            .because("time comes in, so that a test can say what time it is");

    @ArchTest
    static final ArchRule core_starts_no_threads_outside_its_facade = noClasses()
            .that()
            .resideInAPackage(CORE)
            .and()
            .resideOutsideOfPackage("dev.agenttower.core")
            .should()
            .callConstructorWhere(target(owner(assignableTo(Thread.class))))
            .orShould()
            .beAssignableTo(Thread.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ForkJoinPool.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.Executors")
            .because("every thread is named and owned by whoever builds the tower");

    @ArchTest
    static final ArchRule packages_are_free_of_cycles = slices().matching("dev.agenttower.(**)")
            .should()
            .beFreeOfCycles()
            .because("a concept that cannot be read without another one is not a concept of its own");

    @ArchTest
    static final ArchRule unix_knows_nothing_of_ours = knowsOfUs(UNIX);

    @ArchTest
    static final ArchRule the_socket_server_knows_core_and_unix = knowsOfUs(SOCKET, CORE, UNIX);

    @ArchTest
    static final ArchRule the_client_knows_core_only = knowsOfUs(CLIENT, CORE);

    @ArchTest
    static final ArchRule the_http_server_knows_core_and_unix = knowsOfUs(HTTP, CORE, UNIX);

    @ArchTest
    static final ArchRule only_unix_knows_the_library_of_unix_sockets = noClasses()
            .that()
            .resideOutsideOfPackage(UNIX)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.newsclub..")
            .because("a client starts faster on the sockets of the JDK, which need no native library");

    @ArchTest
    static final ArchRule the_stores_know_core_and_unix = knowsOfUs(SQLITE, CORE, UNIX);

    @ArchTest
    static final ArchRule the_audit_trail_knows_core_and_unix = knowsOfUs(JSONL, CORE, UNIX);

    @ArchTest
    static final ArchRule the_benches_know_core_and_unix_only = knowsOfUs(BENCH, CORE, UNIX);

    @ArchTest
    static final ArchRule the_project_files_know_core_and_unix = knowsOfUs(WORKSPACE, CORE, UNIX);

    @ArchTest
    static final ArchRule the_command_line_knows_core_and_the_client = knowsOfUs(CLI, CORE, CLIENT);

    @ArchTest
    static final ArchRule the_panel_knows_core_and_the_client = knowsOfUs(PANEL, CORE, CLIENT);

    @ArchTest
    static final ArchRule only_the_panel_knows_the_web_server = noClasses()
            .that()
            .resideOutsideOfPackage(PANEL)
            .and()
            .doNotHaveFullyQualifiedName("dev.agenttower.daemon.WebPanel")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "gg.jte..", "dev.agenttower.panel..")
            .because("its classes are on the class path of the panel's process alone");

    @ArchTest
    static final ArchRule nobody_knows_the_composition_root = noClasses()
            .that()
            .resideOutsideOfPackage(DAEMON)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(DAEMON)
            .because("dependencies point inwards: core, then adapters, then the programs, then what tests them");

    @ArchTest
    static final ArchRule only_the_daemon_chooses_a_logger = noClasses()
            .that()
            .resideOutsideOfPackage(DAEMON)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ch.qos.logback..", "java.util.logging..")
            .because("adapters speak to an interface, and whoever embeds them decides where it goes");

    @ArchTest
    static final ArchRule only_the_main_classes_end_the_jvm = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("AgentTower")
            .and()
            .haveSimpleNameNotEndingWith("AgentTowerDaemon")
            .should()
            .callMethod(System.class, "exit", int.class)
            .because("code that ends the JVM can be neither embedded nor tested");

    @ArchTest
    static final ArchRule names_say_what_a_class_is = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Base")
            .because("these words fit everything and so tell nothing");

    private static ArchRule knowsOfUs(String adapter, String... others) {
        return classes()
                .that()
                .resideInAPackage(adapter)
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("dev.agenttower.."))
                        .or(resideInAPackage(adapter))
                        .or(resideInAnyPackage(others)))
                .because(EACH_ADAPTER_FOR_ITSELF);
    }
}
