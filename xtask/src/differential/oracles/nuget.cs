// Answers pairs of versions with the NuGet.Versioning that NuGet's own program carries inside.
using System;
using System.Collections.Generic;
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
        var parse = version.GetMethod("TryParse", new[] { typeof(string), version.MakeByRefType() });
        var comparer = nuget.GetType("NuGet.Versioning.VersionComparer", true);
        var order = (System.Collections.IComparer)null;
        var instance = comparer.GetField("Default").GetValue(null);
        var compare = comparer.GetMethod("Compare", new[] { version.BaseType, version.BaseType });
        var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
        var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 65536);
        for (var line = input.ReadLine(); line != null; line = input.ReadLine())
        {
            var pair = line.Split('\t');
            var a = new object[] { pair[0], null };
            var b = new object[] { pair[1], null };
            if (!(bool)parse.Invoke(null, a) || !(bool)parse.Invoke(null, b))
            {
                output.Write("!\n");
                continue;
            }
            var answer = (int)compare.Invoke(instance, new[] { a[1], b[1] });
            output.Write(answer < 0 ? "<\n" : answer > 0 ? ">\n" : "=\n");
        }
        output.Flush();
    }
}
