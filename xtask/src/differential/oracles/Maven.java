import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.maven.artifact.versioning.ComparableVersion;

/** Answers pairs of versions with Maven's own class. */
final class Maven {
    public static void main(String[] arguments) throws Exception {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        StringBuilder output = new StringBuilder();
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            int tab = line.indexOf('\t');
            String a = line.substring(0, tab);
            String b = line.substring(tab + 1);
            int order = new ComparableVersion(a).compareTo(new ComparableVersion(b));
            output.append(order < 0 ? "<\n" : order > 0 ? ">\n" : "=\n");
        }
        new PrintStream(System.out, false, "US-ASCII").append(output).flush();
    }
}
