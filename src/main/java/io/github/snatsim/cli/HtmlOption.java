package io.github.snatsim.cli;

import io.github.snatsim.report.PageOrigin;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The page that several commands write beside what they print. */
final class HtmlOption {
    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also write the result into FILE as a page that needs no network.")
    private @Nullable Path file;

    /** Made by the command line parser. */
    HtmlOption() {}

    boolean isGiven() {
        return file != null;
    }

    /** Refuses a file that cannot be written, before a long run rather than after it. */
    void check() {
        if (file != null && Files.isDirectory(file)) {
            throw new InputException("--html " + file + ": is a directory, expected a file", null);
        }
    }

    /**
     * Writes the page, whole or not at all, if it was asked for.
     *
     * @param input what the command read as text, asked only if there is a page
     * @param page makes the page
     */
    void write(Supplier<Optional<String>> input, Function<PageOrigin, String> page) {
        if (file == null) {
            return;
        }
        check();
        Path target = file.toAbsolutePath();
        Path directory = target.resolveSibling("");
        PageOrigin origin = new PageOrigin(Main.Version.number(), commandLine(), input.get());
        try {
            WholeFiles.write(directory, Map.of(target.getFileName().toString(), page.apply(origin)));
        } catch (FileAlreadyExistsException e) {
            throw new InputException("--html " + file + ": " + e.getFile() + " is a file: expected a directory", e);
        } catch (AccessDeniedException e) {
            throw new InputException("--html " + file + ": permission denied for " + e.getFile(), e);
        } catch (FileSystemException e) {
            throw new InputException("--html " + file + ": cannot be written: " + e.getReason(), e);
        } catch (IOException e) {
            throw new InputException("--html " + file + ": cannot be written: " + e.getMessage(), e);
        }
    }

    /** The command line as a shell takes it. */
    private String commandLine() {
        List<String> words = spec.root().commandLine().getParseResult().originalArgs();
        return "java -jar snatsim-cli.jar "
                + words.stream().map(HtmlOption::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return NEEDS_NO_QUOTES.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
