package io.github.snatsim.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes files whole or not at all: all of them into neighbours first, which take the names when the last one is written.
 * When the program is interrupted the neighbours go.
 */
final class WholeFiles {
    private WholeFiles() {}

    static void write(Path directory, Map<String, String> contentByName) throws IOException {
        Files.createDirectories(directory);
        Map<Path, Path> unfinished = new LinkedHashMap<>();
        contentByName
                .keySet()
                .forEach(
                        name -> unfinished.put(directory.resolve("." + name + ".unfinished"), directory.resolve(name)));
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> unfinished.keySet().forEach(WholeFiles::delete)));
        try {
            for (Map.Entry<Path, Path> file : unfinished.entrySet()) {
                String content =
                        contentByName.getOrDefault(file.getValue().getFileName().toString(), "");
                Files.write(file.getKey(), content.getBytes(StandardCharsets.UTF_8));
            }
            for (Map.Entry<Path, Path> file : unfinished.entrySet()) {
                Files.move(file.getKey(), file.getValue(), StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            unfinished.keySet().forEach(WholeFiles::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
