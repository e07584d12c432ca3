package io.github.snatsim.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;

/** Reads whole text files of bounded size. */
final class Texts {
    /** 10 MB: about a hundred thousand destinations by name. */
    static final int BYTES_MAX = 10_000_000;

    /** YAML's scanner takes time by the square of a word's length: at this one a tenth of a second. */
    static final int RUN_MAX = 1_000_000;

    private Texts() {}

    /** Where a stretch of more than {@link #RUN_MAX} characters without a comma or line break begins; -1 if none does. */
    static int longRun(String text) {
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == ',' || text.charAt(i) == '\n') {
                begin = i + 1;
            } else if (i - begin == RUN_MAX) {
                return begin;
            }
        }
        return -1;
    }

    /**
     * Reads a file; {@code error} makes an exception of what follows the file's name: a place if there is one, a colon,
     * the problem.
     */
    static String read(Path file, Function<String, ScenarioException> error) {
        if (Files.isDirectory(file)) {
            throw error.apply(": is a directory: expected a file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES_MAX + 1);
        } catch (NoSuchFileException e) {
            throw error.apply(": does not exist");
        } catch (IOException e) {
            throw error.apply(": cannot be read: " + e.getMessage());
        }
        if (bytes.length > BYTES_MAX) {
            throw error.apply(": is larger than " + BYTES_MAX / 1_000_000 + " MB");
        }
        return decode(bytes, error);
    }

    private static String decode(byte[] bytes, Function<String, ScenarioException> error) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        out.flip();
        if (result.isError()) {
            Node.Position at = NodeReader.positionOf(out.toString(), Integer.MAX_VALUE);
            throw error.apply(
                    String.format(":%d:%d: is not UTF-8 text: byte 0x%02x", at.line(), at.column(), in.get() & 0xff));
        }
        return out.toString();
    }
}
