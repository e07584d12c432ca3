package io.github.snatsim.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Writes files whole or not at all: into a temporary neighbour first, which then takes the name. */
final class WholeFiles {
    private WholeFiles() {}

    static void write(Path directory, Map<String, String> contentByName) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, String> file : contentByName.entrySet()) {
            Path unfinished = directory.resolve("." + file.getKey() + ".unfinished");
            try {
                Files.write(unfinished, file.getValue().getBytes(StandardCharsets.UTF_8));
                Files.move(unfinished, directory.resolve(file.getKey()), StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        }
    }
}
