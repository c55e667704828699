Console.WriteLine("nanornn");
