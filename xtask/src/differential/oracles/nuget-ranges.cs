// Answers "range, version" with the NuGet.Versioning that NuGet's own program carries inside.
using System;
using System.IO;
using System.Reflection;
using System.Text;

static class Oracle
{
    static void Main(string[] arguments)
    {
        var nuget = Assembly.LoadFrom(arguments[0]);
        if (arguments.Length > 1)
        {
            Console.WriteLine(nuget.GetName().Version);
            return;
        }
        var version = nuget.GetType("NuGet.Versioning.NuGetVersion", true);
        var range = nuget.GetType("NuGet.Versioning.VersionRange", true);
        var parse = version.GetMethod("TryParse", new[] { typeof(string), version.MakeByRefType() });
        var read = range.GetMethod("TryParse", new[] { typeof(string), range.MakeByRefType() });
        var satisfies = range.GetMethod("Satisfies", new[] { version });
        var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
        var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 65536);
        for (var line = input.ReadLine(); line != null; line = input.ReadLine())
        {
            var pair = line.Split('\t');
            var a = new object[] { pair[0], null };
            var b = new object[] { pair[1], null };
            if (!(bool)read.Invoke(null, a) || !(bool)parse.Invoke(null, b))
            {
                output.Write("!\n");
                continue;
            }
            output.Write((bool)satisfies.Invoke(a[1], new[] { b[1] }) ? "y\n" : "n\n");
        }
        output.Flush();
    }
}
