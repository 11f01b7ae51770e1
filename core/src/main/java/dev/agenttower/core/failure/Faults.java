package dev.agenttower.core.failure;

/** Faults of background work, whose outermost frame must report them and go on. */
public final class Faults {
    private Faults() {}

    /** Passes a fault to the uncaught-exception handler of the thread, without ending the thread. */
    public static void show(RuntimeException bug) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, bug);
    }
}
