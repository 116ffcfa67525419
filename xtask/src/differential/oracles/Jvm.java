import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Answers pairs of Java versions with the runtime's own class. */
final class Jvm {
    public static void main(String[] arguments) throws Exception {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        StringBuilder output = new StringBuilder();
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            int tab = line.indexOf('\t');
            output.append(answer(line.substring(0, tab), line.substring(tab + 1))).append('\n');
        }
        new PrintStream(System.out, false, "US-ASCII").append(output).flush();
    }

    private static char answer(String a, String b) {
        try {
            int order = Runtime.Version.parse(a).compareToIgnoreOptional(Runtime.Version.parse(b));
            return order < 0 ? '<' : order > 0 ? '>' : '=';
        } catch (IllegalArgumentException notAVersion) {
            return '!';
        }
    }
}
