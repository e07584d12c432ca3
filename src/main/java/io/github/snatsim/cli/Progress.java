package io.github.snatsim.cli;

import io.github.snatsim.time.NanoClock;
import java.io.Console;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;

/**
 * A line on a terminal that says how far a long file has been read or a simulation has run; silent elsewhere. For one
 * thread at a time.
 */
final class Progress {
    private static final long FIRST_AFTER_NANOS = 1_000_000_000L;
    private static final long EVERY_NANOS = 200_000_000L;
    private static final int CHECK_EVERY = 1 << 14;
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean shown;
    private final String name;
    private final long total;
    private final NanoClock clock;
    private long calls;
    private long nextNanos;
    private boolean printed;

    /**
     * Makes a progress line.
     *
     * @param err where to print it
     * @param shown whether that is a terminal
     * @param name what is read
     * @param total how many bytes it has, 0 if that is not known
     * @param clock what tells when to print
     */
    Progress(PrintWriter err, boolean shown, String name, long total, NanoClock clock) {
        this.err = err;
        this.shown = shown;
        this.name = name;
        this.total = total;
        this.clock = clock;
        this.nextNanos = clock.nanos() + FIRST_AFTER_NANOS;
    }

    /** Makes a progress line for a simulation, shown on a terminal only. */
    static Progress ofSimulation(PrintWriter err, String name) {
        return new Progress(err, isTerminal(), name, 0, System::nanoTime);
    }

    /** Tells whether standard input and output are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // what JDK 22 changed is handled
    static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From JDK 22 on there is a console without a terminal, and a method that tells.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** Says that another event has been read; prints now and then. */
    void step(long bytesRead) {
        if (!shown || ++calls % CHECK_EVERY != 0) {
            return;
        }
        String part = total > 0 ? " " + Math.min(100, 100 * bytesRead / total) + " %" : "";
        show(part + " " + calls + " events");
    }

    /** Says how many thousandths of a simulation are done. */
    void thousandths(int done) {
        if (shown) {
            show(" " + done / 10 + " %");
        }
    }

    private void show(String state) {
        long now = clock.nanos();
        if (now - nextNanos >= 0) {
            nextNanos = now + EVERY_NANOS;
            printed = true;
            err.print(ERASE + name + ":" + state);
            err.flush();
        }
    }

    /** Removes the line. */
    void end() {
        if (printed) {
            err.print(ERASE);
            err.flush();
        }
    }
}
