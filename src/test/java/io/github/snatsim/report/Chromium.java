package io.github.snatsim.report;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real browser without a window, driven by the DevTools protocol. It keeps every event that it reports. The variable {@code
 * CHROMIUM} names the program; without it the usual places are looked at.
 */
final class Chromium implements AutoCloseable {
    private static final List<String> USUAL_PLACES = List.of(
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/snap/bin/chromium",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    private static final String LISTENING = "DevTools listening on ";
    private static final int WAIT_SECONDS = 60;

    /** One event, such as {@code Network.requestWillBeSent}. */
    record Event(String method, Map<String, Object> parameters) {}

    private final Path profile;
    private final Process process;
    private final WebSocket socket;
    private final String session;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Long, CompletableFuture<Map<String, Object>>> answers = new ConcurrentHashMap<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Event> loaded = new CompletableFuture<>();

    /** Starts a browser, or skips the test if there is none; where a browser is required, its absence is a failure. */
    static Chromium start() throws IOException {
        Path program = Stream.concat(Stream.ofNullable(System.getenv("CHROMIUM")), USUAL_PLACES.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (program == null) {
            String reason = "no Chromium: set CHROMIUM to its path, or install it in one of " + USUAL_PLACES;
            if ("1".equals(System.getenv("SNATSIM_REQUIRE_CHROMIUM"))) {
                fail(reason);
            }
            abort(reason);
        }
        return new Chromium(program);
    }

    private Chromium(Path program) throws IOException {
        profile = Files.createTempDirectory("snatsim-chromium");
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--no-first-run",
                "--disable-background-networking",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--no-sandbox"); // as root it runs only so
        }
        command.add("about:blank");
        process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address()), new Listener())
                .join();
        String target = (String)
                send("", "Target.createTarget", "{\"url\":\"about:blank\"}").get("targetId");
        session = (String) send("", "Target.attachToTarget", "{\"targetId\":\"" + target + "\",\"flatten\":true}")
                .get("sessionId");
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            send(domain + ".enable", "{}");
        }
    }

    /** Reads what the browser says when it has started; what it says later is read and thrown away. */
    private String address() throws IOException {
        BufferedReader said = process.errorReader(StandardCharsets.UTF_8);
        StringBuilder before = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread reader = new Thread(() -> said.lines().forEach(later -> {}));
                reader.setDaemon(true);
                reader.start();
                return line.substring(LISTENING.length());
            }
            before.append(line).append('\n');
        }
        throw new IOException("Chromium ended: " + before);
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                received(JsonText.object(message.toString()));
                message.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    @SuppressWarnings("unchecked")
    private void received(Map<String, Object> message) {
        if (message.get("id") instanceof Long id) {
            Objects.requireNonNull(answers.remove(id)).complete(message);
            return;
        }
        Event event = new Event((String) message.get("method"), (Map<String, Object>) message.get("params"));
        events.add(event);
        if (event.method().equals("Page.loadEventFired")) {
            loaded.complete(event);
        }
    }

    /** Sends a command to the page and returns its result. */
    Map<String, Object> send(String method, String parameters) {
        return send(",\"sessionId\":\"" + session + "\"", method, parameters);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> send(String to, String method, String parameters) {
        long id = ids.incrementAndGet();
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + to + "}", true)
                .join();
        Map<String, Object> message = await(answer, method);
        if (message.get("error") != null) {
            throw new IllegalStateException(method + ": " + message.get("error"));
        }
        return (Map<String, Object>) message.get("result");
    }

    private static <T> T await(CompletableFuture<T> future, String what) {
        try {
            return future.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(what, e);
        }
    }

    /** Loads a file and forgets earlier events. */
    void load(Path file) {
        events.clear();
        loaded = new CompletableFuture<>();
        send("Page.navigate", "{\"url\":" + quoted(file.toUri().toString()) + "}");
        await(loaded, "load " + file);
    }

    /** How wide a screen is, and what a style sheet may ask about it. */
    void show(int width, String media, String scheme) {
        send(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":" + width + ",\"height\":900,\"deviceScaleFactor\":1,\"mobile\":false}");
        send(
                "Emulation.setEmulatedMedia",
                "{\"media\":\"" + media + "\",\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + scheme
                        + "\"}]}");
    }

    /** Runs a script that gives a text, now or later, and returns the text. */
    @SuppressWarnings("unchecked")
    String evaluate(String script) {
        Map<String, Object> answer = send(
                "Runtime.evaluate",
                "{\"expression\":" + quoted(script) + ",\"awaitPromise\":true,\"returnByValue\":true}");
        if (answer.get("exceptionDetails") != null) {
            throw new IllegalStateException(String.valueOf(answer));
        }
        return String.valueOf(((Map<String, Object>) answer.get("result")).get("value"));
    }

    /** What has been heard since the last load. */
    List<Event> events() {
        return List.copyOf(events);
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        // helpers of the browser may still be writing: what they leave is in the folder for temporary files
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (UncheckedIOException e) {
            profile.toFile().deleteOnExit();
        }
    }
}
