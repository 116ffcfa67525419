// Answers "range, version" with Maven's VersionRange.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.apache.maven.artifact.versioning.DefaultArtifactVersion;
import org.apache.maven.artifact.versioning.InvalidVersionSpecificationException;
import org.apache.maven.artifact.versioning.VersionRange;

public final class MavenRanges {
    public static void main(String[] arguments) throws Exception {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var output = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] pair = line.split("\t", 2);
            try {
                var range = VersionRange.createFromVersionSpec(pair[0]);
                output.print(range.containsVersion(new DefaultArtifactVersion(pair[1])) ? "y\n" : "n\n");
            } catch (InvalidVersionSpecificationException notARange) {
                output.print("!\n");
            }
        }
        output.flush();
    }
}
