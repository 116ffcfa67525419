# Answers pairs of versions with Elixir's Version, which Hex uses.
IO.stream(:stdio, :line)
|> Stream.map(fn line ->
  [a, b] = line |> String.trim_trailing("\n") |> String.split("\t")

  with {:ok, a} <- Version.parse(a), {:ok, b} <- Version.parse(b) do
    case Version.compare(a, b) do
      :lt -> "<\n"
      :eq -> "=\n"
      :gt -> ">\n"
    end
  else
    :error -> "!\n"
  end
end)
|> Enum.each(&IO.write/1)
